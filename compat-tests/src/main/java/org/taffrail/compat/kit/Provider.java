// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.kit;

import jakarta.jms.ConnectionFactory;

import java.util.Optional;

/** The provider under test, as the checks see it. */
public interface Provider {
    /**
     * Returns its connection factory.
     *
     * @return a new one, or the same again
     */
    ConnectionFactory connectionFactory();

    /**
     * Returns something that only its owner can know: which credentials are right, where dead
     * letters go.
     *
     * @param key a name such as {@code user}
     * @return what was said about it
     */
    Optional<String> setting(String key);

    /**
     * Stops it and starts it again on the same data. Connections are lost.
     *
     * @param orderly whether it may stop in its own way; otherwise it is killed
     * @throws UnsupportedFacilityException if it was not started by the kit
     */
    void restart(boolean orderly);
}
