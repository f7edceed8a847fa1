// SPDX-License-Identifier: Apache-2.0
package org.taffrail.ra.servers;

/** A server with the adapter, a data source and the sample in it. */
interface ApplicationServer {
    /** Starts it, and waits until the sample is deployed. */
    void start();

    /** Kills it as a power cut would. */
    void kill();

    /** Asks it to stop, and waits until it has. */
    void stop();

    /** Tells whether it runs. */
    boolean isAlive();

    /** Returns what it has logged since it was started last. */
    String log();
}
