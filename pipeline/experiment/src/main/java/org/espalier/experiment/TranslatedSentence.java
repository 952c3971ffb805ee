package org.espalier.experiment;

/**
 * A sentence and what a network made of it, as text.
 *
 * @param source what was translated
 * @param reference what a person made of it
 * @param translation what the network made of it
 */
record TranslatedSentence(String source, String reference, String translation) {}
