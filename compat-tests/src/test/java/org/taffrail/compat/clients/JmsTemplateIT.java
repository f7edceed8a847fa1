// SPDX-License-Identifier: Apache-2.0
package org.taffrail.compat.clients;

import jakarta.jms.ConnectionFactory;

/** {@link JmsTemplateContract} with a connection for each call. */
class JmsTemplateIT extends JmsTemplateContract {
    @Override
    ConnectionFactory around(ConnectionFactory provider) {
        return provider;
    }

    @Override
    void giveUp(ConnectionFactory factory) {
        // nothing is kept
    }
}
