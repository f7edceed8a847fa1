// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.security;

import java.util.Objects;
import java.util.Set;

/**
 * Who somebody is that was let in: by whichever door, over whichever protocol. Immutable.
 *
 * @param user its name, null for a client without one
 * @param roles the names of its roles, without {@link Grantees#EVERYBODY}, which all have
 */
public record Identity(String user, Set<String> roles) {
    /**
     * Freezes it.
     *
     * @param user see above
     * @param roles see above
     */
    public Identity {
        roles = Set.copyOf(roles);
    }

    /**
     * Returns who has a name and nothing else.
     *
     * @param user the name, or null
     * @return without roles
     */
    public static Identity named(String user) {
        return new Identity(user, Set.of());
    }

    /**
     * Tells whether this is somebody's.
     *
     * @param otherUser a user's name, or null
     * @return whether both have the same name, or none
     */
    public boolean isUser(String otherUser) {
        return Objects.equals(user, otherUser);
    }

    /** Returns the user as errors call it. */
    @Override
    public String toString() {
        return user == null ? "a client without a user" : "user " + user;
    }
}
