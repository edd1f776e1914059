await import('./fanout/run.js');
