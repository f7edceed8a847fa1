// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.config;

/**
 * What somebody has written for a key, and where.
 *
 * @param name the key's name, or a policy's, as written
 * @param text its value as written
 * @param where the place: {@code broker.properties:7}, {@code TAFFRAIL_PORT} or {@code command
 *     line}
 */
public record Setting(String name, String text, String where) {
    /** Where something is from that was typed with the command. */
    public static final String COMMAND_LINE = "command line";
}
