// SPDX-License-Identifier: Apache-2.0
/** Checks of sections 4.1 and 6.2.2: queues, browsers, requestors, temporary destinations. */
package org.taffrail.compat.checks.queue;
