/**
 * What does the arithmetic in this JVM: chosen before ND4J loads, looked up, and said in a line.
 */
package org.espalier.engine.arithmetic;
