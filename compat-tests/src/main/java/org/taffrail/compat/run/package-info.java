// SPDX-License-Identifier: Apache-2.0
/**
 * Runs checks against a provider: several side by side, each within a time limit, whatever the
 * provider does. Start with {@link org.taffrail.compat.run.Runner}; what comes out is a {@link
 * org.taffrail.compat.run.RunRecord}.
 */
package org.taffrail.compat.run;
