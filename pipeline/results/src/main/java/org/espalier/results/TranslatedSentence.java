package org.espalier.results;

import java.util.OptionalDouble;

/**
 * A sentence of a test split and what a network made of it, as text.
 *
 * @param threshold of the operating point, on log alpha, where the method has one
 * @param number of the sentence in the split, counted from 0
 * @param source what was translated
 * @param reference what should have come out
 * @param translation what came out
 */
public record TranslatedSentence(
    OptionalDouble threshold, long number, String source, String reference, String translation) {}
