// SPDX-License-Identifier: Apache-2.0
/**
 * The checks of the kit, one package for each part of the specification. {@link
 * org.taffrail.compat.checks.Catalogue} lists them.
 */
package org.taffrail.compat.checks;
