// SPDX-License-Identifier: Apache-2.0
/** Checks of sections 4.2 and 8.3: topics and the four kinds of subscription. */
package org.taffrail.compat.checks.subscription;
