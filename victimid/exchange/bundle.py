"""The door to bundles: what other layers write, verify and read them with."""

from victimid.exchange.manifest import sha256 as manifest_sha256
from victimid.exchange.reading import claimed_signer, read_manifest, read_records, verify_bundle
from victimid.exchange.receipt import read_receipt, write_receipt
from victimid.exchange.signed import Sign
from victimid.exchange.writing import BundleContent, WrittenBundle, write_bundle

__all__ = [
    "BundleContent",
    "Sign",
    "WrittenBundle",
    "claimed_signer",
    "manifest_sha256",
    "read_manifest",
    "read_receipt",
    "read_records",
    "verify_bundle",
    "write_bundle",
    "write_receipt",
]
