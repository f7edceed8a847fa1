// SPDX-License-Identifier: Apache-2.0
/**
 * The two providers between which messages are carried. Start with {@link
 * org.taffrail.migrate.provider.Side}.
 */
package org.taffrail.migrate.provider;
