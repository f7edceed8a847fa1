// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.kit;

import jakarta.jms.ConnectionFactory;
import jakarta.jms.Destination;

import java.util.Optional;

/** The provider under test, as the checks see it. */
public interface Provider {
    /**
     * Returns its connection factory: best a new one, so that checks share none.
     *
     * @return a new one, or the same again
     */
    ConnectionFactory connectionFactory();

    /**
     * Returns the connection factory that its owner names for a purpose: one that is configured for
     * what some checks are about.
     *
     * @param key the setting that names it, such as {@code definedPropertiesFactory}
     * @return as {@link #connectionFactory()}, which it is where none is named
     */
    default ConnectionFactory connectionFactory(String key) {
        return connectionFactory();
    }

    /**
     * Returns something that only its owner can know: which credentials are right, where dead
     * letters go.
     *
     * @param key a name such as {@code user}
     * @return what was said about it
     */
    Optional<String> setting(String key);

    /**
     * Lends a destination of those that were made beforehand, where the provider makes none when
     * they are first used.
     *
     * @param <T> its type
     * @param type {@code Queue} or {@code Topic}
     * @return an empty destination that nobody else has, or nothing where one is made by name
     * @throws UnsupportedFacilityException if all are lent
     */
    default <T extends Destination> Optional<T> borrow(Class<T> type) {
        return Optional.empty();
    }

    /**
     * Takes back what was lent, after its borrower has closed all connections.
     *
     * @param destination what {@link #borrow} returned
     */
    default void giveBack(Destination destination) {}

    /**
     * Stops it and starts it again on the same data. Connections are lost.
     *
     * @param orderly whether it may stop in its own way; otherwise it is killed
     * @throws UnsupportedFacilityException if it was not started by the kit
     */
    void restart(boolean orderly);
}
