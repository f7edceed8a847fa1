// SPDX-License-Identifier: Apache-2.0
/**
 * Listeners that checks give to a provider: one that stays in its call until it is let go ({@link
 * org.taffrail.compat.checks.listening.HeldListener}), and one that tries something within it
 * ({@link org.taffrail.compat.checks.listening.Trial}).
 */
package org.taffrail.compat.checks.listening;
