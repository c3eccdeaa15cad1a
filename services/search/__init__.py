"""Search (การค้นหา): finding letters again by any words in them or in their files.

Owns: the texts of files, the search index.
Hears: queries by RPC; every commit of the log (`registry`, `committed`), to keep up what there is to find and to read.
Says: `TextExtracted`, recorded by the registry on the file's stream.

Three steps, each of which can be repeated or broken off anywhere: projections note which letters changed and which
files wait to be read; readers turn files into text in child processes; the indexer takes changed letters in the order
of the log and remembers how far it came.
"""
