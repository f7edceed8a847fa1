// SPDX-License-Identifier: Apache-2.0
package org.taffrail.console;

import org.taffrail.broker.config.BrokerConfig;
import org.taffrail.broker.server.BrokerExtension;

/** Makes the HTTP side of a broker, for {@link java.util.ServiceLoader}. */
public final class ConsoleProvider implements BrokerExtension.Provider {
    /** For {@link java.util.ServiceLoader}. */
    public ConsoleProvider() {}

    @Override
    public BrokerExtension make(BrokerConfig config) {
        return new Console(config);
    }
}
