/** DL4J layers on our own kernels. */
package org.espalier.engine.layer;
