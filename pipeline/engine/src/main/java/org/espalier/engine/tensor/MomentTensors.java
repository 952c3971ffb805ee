package org.espalier.engine.tensor;

/**
 * The running moments of a normalisation.
 *
 * @param mean of every channel
 * @param variance of every channel
 */
public record MomentTensors(ParameterTensor mean, ParameterTensor variance) {}
