// SPDX-License-Identifier: Apache-2.0
/** Checks of section 9.1 and of what applications rely on beside the text. */
package org.taffrail.compat.checks.reliability;
