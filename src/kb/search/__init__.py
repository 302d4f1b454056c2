"""How does a reader find every text that holds some words, without a server?"""
