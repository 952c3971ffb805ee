/** Translations of text by trained networks, and their scores. */
package org.espalier.jobs.translation;
