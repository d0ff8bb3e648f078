"""Documents: values in, bytes out; text layout, pages, PDF."""
