"""Forms, notices, certificates and tables as files, made from the data that pages and API show."""
