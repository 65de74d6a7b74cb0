import { buildSluiceApp } from './sluice-app.ts';

buildSluiceApp().app.synth();
