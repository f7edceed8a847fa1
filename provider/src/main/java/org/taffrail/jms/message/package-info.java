// SPDX-License-Identifier: Apache-2.0
/**
 * The messages an application holds, and their way to a record and back. Start with {@link
 * org.taffrail.jms.message.MessageCodec}, then {@link org.taffrail.jms.message.TaffrailMessage}.
 */
package org.taffrail.jms.message;
