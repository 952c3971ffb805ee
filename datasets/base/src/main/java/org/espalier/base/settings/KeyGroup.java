package org.espalier.base.settings;

/**
 * Keys that {@code --help} shows together.
 *
 * @param title its heading
 */
public record KeyGroup(String title, Keys keys) {}
