// SPDX-License-Identifier: Apache-2.0
/**
 * What a check of the kit is made of. Start with {@link org.taffrail.javax.compat.kit.Check}, then
 * {@link org.taffrail.javax.compat.kit.Scene}. The checks themselves are in {@code
 * org.taffrail.javax.compat.checks}.
 */
package org.taffrail.javax.compat.kit;
