/**
 * Weights of one tensor, plain or drawn: the passes that they take part in, their penalties and
 * their schedules.
 */
package org.espalier.engine.weights;
