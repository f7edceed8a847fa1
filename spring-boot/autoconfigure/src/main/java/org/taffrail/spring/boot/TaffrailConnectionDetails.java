// SPDX-License-Identifier: Apache-2.0
package org.taffrail.spring.boot;

import org.springframework.boot.autoconfigure.service.connection.ConnectionDetails;
import org.springframework.boot.ssl.SslBundle;

/**
 * Where the broker is and who connects. An application that has a bean of this type (a test with a
 * container, for instance) is connected there, whatever its properties say.
 */
public interface TaffrailConnectionDetails extends ConnectionDetails {
    /**
     * Returns where the broker is.
     *
     * @return a URL, options included
     */
    String getBrokerUrl();

    /**
     * Returns the user who connects.
     *
     * @return null for whom the URL names
     */
    String getUser();

    /**
     * Returns that user's password.
     *
     * @return null for what the URL says
     */
    String getPassword();

    /**
     * Returns what the connection is encrypted with.
     *
     * @return null where no bundle says it
     */
    default SslBundle getSslBundle() {
        return null;
    }
}
