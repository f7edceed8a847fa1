// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.provider;

/** Restarts the server of a provider. */
@FunctionalInterface
public interface Restarts {
    /**
     * Stops it and starts it again on the same data, at the same address.
     *
     * @param orderly whether it may stop in its own way; otherwise it is killed
     */
    void restart(boolean orderly);
}
