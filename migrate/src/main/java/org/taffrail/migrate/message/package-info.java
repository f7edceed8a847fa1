// SPDX-License-Identifier: Apache-2.0
/**
 * A message apart from any provider: read from one, told apart from others, written for another.
 * Start with {@link org.taffrail.migrate.message.Parcel}.
 */
package org.taffrail.migrate.message;
