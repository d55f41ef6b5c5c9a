"""From the YAML files of a pack to a Pack: strict reader, loader, checks. The only package that knows YAML."""
