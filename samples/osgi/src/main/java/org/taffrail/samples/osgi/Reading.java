// SPDX-License-Identifier: Apache-2.0
package org.taffrail.samples.osgi;

import java.io.Serializable;

/**
 * What a gauge has read, as the body of an object message: a class that nobody but this bundle
 * knows.
 *
 * @param gauge its name
 * @param levelCm the water's level, in centimetres above chart datum
 */
public record Reading(String gauge, int levelCm) implements Serializable {}
