// SPDX-License-Identifier: Apache-2.0
/**
 * Checks of message bodies: sections 3.11 and 3.12, and the Javadoc of the five kinds of message.
 * Start with {@link org.taffrail.compat.checks.body.BodyChapter}.
 */
package org.taffrail.compat.checks.body;
