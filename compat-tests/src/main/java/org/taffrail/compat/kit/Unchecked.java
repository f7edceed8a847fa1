// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.kit;

/**
 * A statement of the specification that has no check, and why.
 *
 * @param section where it stands
 * @param strength how binding it is
 * @param says the statement in one sentence of the kit's own
 * @param why why it can't be checked from outside
 */
public record Unchecked(String section, Strength strength, String says, String why) {}
