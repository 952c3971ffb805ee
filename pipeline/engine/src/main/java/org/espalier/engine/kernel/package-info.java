/** Arithmetic on off-heap float32 vectors. Depends on nothing of ours but the base. */
package org.espalier.engine.kernel;
