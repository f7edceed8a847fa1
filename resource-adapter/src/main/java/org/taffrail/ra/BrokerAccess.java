// SPDX-License-Identifier: Apache-2.0
package org.taffrail.ra;

import org.taffrail.jms.TaffrailConnectionFactory;

/**
 * Where a broker is, and who connects.
 *
 * @param url with options
 * @param user null for whom the URL names
 * @param password the user's, may be null
 */
record BrokerAccess(String url, String user, String password) {
    /**
     * Makes a factory.
     *
     * @throws IllegalArgumentException if the URL is not understood
     */
    TaffrailConnectionFactory factory() {
        TaffrailConnectionFactory made = new TaffrailConnectionFactory(url);
        if (user != null && !user.isEmpty()) {
            made.setUser(user);
            made.setPassword(password);
        }
        return made;
    }

    /** Returns URL and user; secrets are hidden. */
    @Override
    public String toString() {
        try {
            return factory().toString();
        } catch (IllegalArgumentException e) {
            return "not a URL of a broker";
        }
    }
}
