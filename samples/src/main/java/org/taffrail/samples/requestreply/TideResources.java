// SPDX-License-Identifier: Apache-2.0
package org.taffrail.samples.requestreply;

import jakarta.jms.ConnectionFactory;
import jakarta.jms.Queue;

import javax.naming.Context;
import javax.naming.NamingException;

/**
 * What clients and service look up in JNDI, and all they know of their provider.
 *
 * @param factory {@code ConnectionFactory}
 * @param requests the queue of requests
 * @param replies the queue that the harbour offices have their replies sent to
 * @param deadRequests the queue where the provider puts a request that nobody could process
 */
record TideResources(ConnectionFactory factory, Queue requests, Queue replies, Queue deadRequests) {
    static TideResources lookUp(Context jndi) throws NamingException {
        return new TideResources(
                (ConnectionFactory) jndi.lookup("ConnectionFactory"),
                (Queue) jndi.lookup("tideRequests"),
                (Queue) jndi.lookup("tideReplies"),
                (Queue) jndi.lookup("deadTideRequests"));
    }
}
