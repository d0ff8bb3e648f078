"""The receiving side: a register that enrols laptops, takes their bundles and answers with receipts."""
