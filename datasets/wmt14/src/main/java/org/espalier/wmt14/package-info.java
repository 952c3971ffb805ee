/**
 * Parallel text to datasets of sentence pairs, as Spark jobs: files, their lines, a vocabulary of
 * the training text, pairs packed into rows.
 */
package org.espalier.wmt14;
