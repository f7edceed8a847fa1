// SPDX-License-Identifier: Apache-2.0
/**
 * Checks of chapter 3 that hold for messages of any type: header fields, properties, sent and
 * received messages, messages of other providers; and of destinations as objects. Start with {@link
 * org.taffrail.compat.checks.message.MessageChapter}.
 */
package org.taffrail.compat.checks.message;
