// SPDX-License-Identifier: Apache-2.0
package org.taffrail.broker.server;

import java.util.Map;
import java.util.concurrent.CountDownLatch;

import javax.security.auth.Subject;
import javax.security.auth.callback.CallbackHandler;
import javax.security.auth.login.LoginException;
import javax.security.auth.spi.LoginModule;

/** A login module that answers nobody until it is let go, whoever interrupts it; then it fails. */
public final class SlowLoginModule implements LoginModule {
    private static volatile CountDownLatch go = new CountDownLatch(0);

    static void hold() {
        go = new CountDownLatch(1);
    }

    static void letGo() {
        go.countDown();
    }

    @Override
    public void initialize(
            Subject subject,
            CallbackHandler handler,
            Map<String, ?> sharedState,
            Map<String, ?> options) {
        // it asks for nothing
    }

    @Override
    public boolean login() throws LoginException {
        boolean gone = false;
        while (!gone) {
            try {
                go.await();
                gone = true;
            } catch (InterruptedException e) {
                gone = false; // as a socket's read would
            }
        }
        throw new LoginException("the directory is not there");
    }

    @Override
    public boolean commit() {
        return false;
    }

    @Override
    public boolean abort() {
        return true;
    }

    @Override
    public boolean logout() {
        return true;
    }
}
