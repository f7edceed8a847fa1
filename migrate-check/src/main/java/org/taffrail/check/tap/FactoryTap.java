// SPDX-License-Identifier: Apache-2.0
package org.taffrail.check.tap;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionMetaData;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;

import org.taffrail.check.record.Feature;
import org.taffrail.check.record.Recorder;

import java.util.concurrent.atomic.AtomicBoolean;

/** Watches a connection factory of any kind. */
final class FactoryTap extends Tap {
    private static final long serialVersionUID = 1L;

    private final transient AtomicBoolean knowsProvider = new AtomicBoolean();

    FactoryTap(Object delegate, Recorder recorder) {
        super(delegate, recorder);
    }

    @Override
    Object after(String name, Object[] args, Object result, Object noted) {
        boolean xa = name.startsWith("createXA");
        if (result instanceof Connection) {
            count(xa, args);
            return Taps.proxy(new ConnectionTap((Connection) result, this, xa));
        }
        if (result instanceof JMSContext) {
            count(xa, args);
            int mode = SessionTap.mode(args);
            recorder().used(Feature.CONTEXT, SessionTap.modeText(mode, xa));
            return Taps.proxy(SessionTap.ofContext((JMSContext) result, this, xa));
        }
        return result;
    }

    private void count(boolean xa, Object[] args) {
        recorder().used(xa ? Feature.XA_CONNECTION : Feature.CONNECTION);
        if (args.length > 1 && args[0] instanceof String) {
            recorder().used(Feature.CREDENTIALS);
        }
    }

    /** Tells whether the provider was not asked who it is, and that it is now. */
    boolean asksProvider() {
        return !knowsProvider.get() && knowsProvider.compareAndSet(false, true);
    }

    void provider(ConnectionMetaData provider) throws JMSException {
        knowsProvider.set(true);
        recorder()
                .used(
                        Feature.PROVIDER,
                        provider.getJMSProviderName()
                                + '\t'
                                + provider.getProviderVersion()
                                + '\t'
                                + provider.getJMSVersion());
    }
}
