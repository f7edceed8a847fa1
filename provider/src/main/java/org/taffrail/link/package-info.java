// SPDX-License-Identifier: Apache-2.0
/**
 * What the Jakarta Messaging objects need of a connection to a broker. Start with {@link
 * org.taffrail.link.Link}.
 */
package org.taffrail.link;
