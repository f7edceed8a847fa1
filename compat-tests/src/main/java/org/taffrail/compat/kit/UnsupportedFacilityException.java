// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.kit;

/**
 * Says that a check could not be made: the provider, or this way of running it, does not have what
 * it needs. A check that ends so counts as unsupported, neither passed nor failed.
 */
public final class UnsupportedFacilityException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes one.
     *
     * @param message what is missing
     */
    public UnsupportedFacilityException(String message) {
        super(message);
    }
}
