// SPDX-License-Identifier: Apache-2.0
/**
 * What a check of the kit is made of. Start with {@link org.taffrail.compat.kit.Check}, then {@link
 * org.taffrail.compat.kit.Scene}. The checks themselves are in {@code org.taffrail.compat.checks}.
 */
package org.taffrail.compat.kit;
