// SPDX-License-Identifier: Apache-2.0
/**
 * What client and broker say to each other. Start with {@link org.taffrail.wire.frame.FrameLayout}
 * for the bytes, then {@link org.taffrail.wire.frame.ClientFrame} and {@link
 * org.taffrail.wire.frame.BrokerFrame} for the conversation.
 */
package org.taffrail.wire.frame;
