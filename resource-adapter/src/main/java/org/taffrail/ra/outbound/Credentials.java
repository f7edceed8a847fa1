// SPDX-License-Identifier: Apache-2.0
package org.taffrail.ra.outbound;

import jakarta.resource.spi.ConnectionRequestInfo;

/**
 * Who wants a connection: all that connections of one factory differ in, and so all that the
 * server's pool has to look at.
 *
 * @param user null or empty for whom the factory's configuration names
 * @param password the user's, may be null
 */
public record Credentials(String user, String password) implements ConnectionRequestInfo {
    /** Nobody in particular. */
    public static final Credentials ANYBODY = new Credentials(null, null);

    /**
     * Tells whether nobody in particular is named.
     *
     * @return true where the configuration says who connects
     */
    public boolean isAnybody() {
        return user == null || user.isEmpty();
    }

    /** Returns the user; the password is hidden. */
    @Override
    public String toString() {
        return "Credentials[" + (isAnybody() ? "" : user) + "]";
    }
}
