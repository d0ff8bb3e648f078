"""The vault: one encrypted database per laptop, one module per aggregate, everything written durably."""
