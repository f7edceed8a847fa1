// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.session;

import org.taffrail.broker.security.Authenticator;

/** The way out to one client, as its session sees it. Called on the broker's thread only. */
public interface Outlet {
    /**
     * Sends bytes.
     *
     * @param array the bytes, copied or sent before the call returns
     * @param at where they begin
     * @param length how many
     */
    void write(byte[] array, int at, int length);

    /**
     * Sends bytes that stand in two places.
     *
     * @param first the first bytes, from the beginning of the array; treated as {@link
     *     #write(byte[], int, int)} treats them, as are the others
     * @param firstLength how many
     * @param array the bytes after them
     * @param at where these begin
     * @param length how many
     */
    default void write(byte[] first, int firstLength, byte[] array, int at, int length) {
        write(first, 0, firstLength);
        write(array, at, length);
    }

    /**
     * Tells how much of what was written the client has not taken yet.
     *
     * @return in bytes
     */
    long unsentBytes();

    /**
     * Ends the connection after what was written, however long the client takes for it within the
     * transport's patience. Nothing is written after it. Ending twice is nothing.
     */
    void end();

    /**
     * Names the client's end, for people.
     *
     * @return such as {@code 127.0.0.1:40312}
     */
    String peer();

    /**
     * Returns from where the client comes, for who lets it in. Asked once the client speaks, so
     * that its certificate is known where it has shown one.
     *
     * @return the peer, and the certificate's subject where there is one
     */
    default Authenticator.Caller caller() {
        return Authenticator.Caller.at(peer());
    }
}
