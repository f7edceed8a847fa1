// SPDX-License-Identifier: Apache-2.0
package org.taffrail.samples.orderdesk;

import jakarta.jms.ConnectionFactory;
import jakarta.jms.Queue;
import jakarta.jms.Topic;

import javax.naming.Context;
import javax.naming.NamingException;

/**
 * What the desk looks up in JNDI, and all it knows of its provider.
 *
 * @param factory {@code ConnectionFactory}
 * @param orders the queue of orders
 * @param confirmations the queue of confirmations of filled orders
 * @param quotes the queue of requests for a price
 * @param deadOrders the queue where the provider puts an order that nobody could process
 * @param bulletins the topic of harbour bulletins
 */
record DeskResources(
        ConnectionFactory factory,
        Queue orders,
        Queue confirmations,
        Queue quotes,
        Queue deadOrders,
        Topic bulletins) {

    static DeskResources lookUp(Context jndi) throws NamingException {
        return new DeskResources(
                (ConnectionFactory) jndi.lookup("ConnectionFactory"),
                (Queue) jndi.lookup("orders"),
                (Queue) jndi.lookup("confirmations"),
                (Queue) jndi.lookup("quotes"),
                (Queue) jndi.lookup("deadOrders"),
                (Topic) jndi.lookup("bulletins"));
    }
}
