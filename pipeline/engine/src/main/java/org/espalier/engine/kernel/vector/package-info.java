/**
 * What needs the Vector API: compiled apart, and loaded by name only where the module is present.
 */
package org.espalier.engine.kernel.vector;
