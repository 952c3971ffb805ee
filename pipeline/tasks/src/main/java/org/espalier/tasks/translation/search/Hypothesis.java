package org.espalier.tasks.translation.search;

/**
 * A translation that was found.
 *
 * @param tokens without the end
 * @param score the natural logarithm of its probability over its length penalty; higher is better
 */
public record Hypothesis(int[] tokens, double score) {}
