"""What do we hold: records, taxonomy, and how they relate?"""
