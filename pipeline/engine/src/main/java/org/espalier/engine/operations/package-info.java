/**
 * The layers' arithmetic by ND4J's operations, for backends whose memory the kernels cannot read.
 */
package org.espalier.engine.operations;
